Who comes at the invitation is the one invited.
----
Chadian President Idriss Oumar flew to Paris at the invitation of French President Claire Dubois.
----
TCD.GOV+? CONSULT visit - | when? | Paris | the report | happened
TCD.GOV+FRA.GOV CONSULT visit - | when? | Paris | the report | happened
