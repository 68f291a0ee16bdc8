"""The replay of a member's timeline, from day to day by the rules, and the ways out of a subscription."""
