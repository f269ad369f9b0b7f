"""What `validator.report.gx` and `validator.gx` share: findings as Data Docs shows them, and sites without network.

`told` is plain Python. All other modules import great_expectations, which takes seconds: nothing else may import them
at its top.
"""
