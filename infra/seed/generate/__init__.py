"""The demonstration data set: invented people, companies, schools and offers at real communes.

Everything is drawn from one seed, so two runs for the same day write the same bytes. What is real (communes,
ROME, NAF, RNCP codes) comes from packages and from the tables beside this file: see infra/seed/SOURCES.md.
What is invented is made so that it cannot be taken for real: SIREN under a prefix that is not allotted,
telephone numbers of the ranges kept for fiction, addresses under example.com.

    PYTHONPATH=infra/seed python -m generate --out .local/seed
"""
