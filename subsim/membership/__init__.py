"""What a replay knows of a member: facts and events, subscriptions with phases, announced changes, and the ledger."""
