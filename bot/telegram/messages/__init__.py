"""Words into messages: text with its marks at exact places, buttons under it, nothing that becomes a link."""
