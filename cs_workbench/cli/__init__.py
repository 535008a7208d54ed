"""The same services from a shell: the scripting interface."""
