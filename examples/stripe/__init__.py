"""A common billing API held to the terms: localstripe, a stateful fake of it, through the official client."""
