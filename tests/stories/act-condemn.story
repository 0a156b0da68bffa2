To condemn a raid accuses; it convicts nobody, and the call beside it is its own act.
----
The United Nations condemned the raid and called on both armies to withdraw.
----
UNO.GOV ACCUSE disapprove ?.MIL.GOV | when? | where? | the report | happened
UNO.GOV REQUEST yield ?.MIL.GOV | when? | where? | the report | happened
