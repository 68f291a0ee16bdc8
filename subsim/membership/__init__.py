"""What a replay knows of a member: events, subscriptions with their phases, announced changes, and the ledger."""
