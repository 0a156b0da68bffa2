A hedge belongs to the smallest clause it modifies: the motive is doubtful, the visit is not.
----
Possibly fearing sanctions, President Okello visited Tanzania.
----
?.GOV CONSULT visit TZA.GOV | when? | Tanzania | the report | happened
