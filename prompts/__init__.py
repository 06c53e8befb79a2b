"""Every sentence that is meant for an LLM, as text files, and the loader that fills them in."""
