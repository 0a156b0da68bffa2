What a government says it will do is planned, and an agenda is no visit.
----
published: 2025-03-05
Kenyan President Grace Wanjala will visit Uganda next week. Zambia is to send 300 peacekeepers to Mali.
----
KEN.GOV AGREE visit (CONSULT) UGA.GOV | 2025-03-10..2025-03-16 | Uganda | the report | planned
ZMB.GOV.MIL AGREE MLI.GOV | when? | Mali | the report | planned
