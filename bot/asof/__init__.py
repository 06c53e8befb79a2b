"""As of when: relative dates of quoted words, and questions that want the newest."""
