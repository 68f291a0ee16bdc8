"""The service desk: a JSON API and a page over a member base; needs the extra `web`."""
