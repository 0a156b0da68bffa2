A planned visit is the deed CONSULT and PLOVER's AGREE.
----
published: 2025-03-05
Brazilian President Ana Moura will visit Argentina next week.
----
BRA.GOV AGREE visit (CONSULT) ARG.GOV | 2025-03-10..2025-03-16 | Argentina | the report | planned
