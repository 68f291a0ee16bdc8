"""A member's outcome as plain-text accounting, in the notation of beancount."""
