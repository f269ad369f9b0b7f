"""The commit hook: changed files in, what the rules that they touch have to say out.

`glance` finds out in a few milliseconds whether any rule book speaks of a changed file; it is all that most commits
need, and imports next to nothing. `guard` checks what is touched, and `store` keeps what came of it in the user's cache
folder for as long as nothing that it rests on changes.
"""
