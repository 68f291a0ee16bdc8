"""The replay of a member's timeline, which keeps time only, and the ways out of a subscription."""
