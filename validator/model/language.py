"""A language as data: what `languages/*.yml` says, typed. Filled in by `validator.languages`."""
