Who comes at the invitation is the one invited.
----
Chadian President Idriss Oumar flew to Paris at the invitation of French President Claire Dubois.
----
TCD.GOV CONSULT visit FRA.GOV | when? | Paris | the report | happened
