"""The ways out by law beside those of the contract: a file for each, their table and rows, and the answer.

Each column shows what the member has by law and contract: a row is open if either's is, with the sooner end, the later
last day and the higher refund. The rules of the law are in `subsim.law`; prices, periods and the contract's answer come
from the contract.
"""
