A capital's name is that of a town, once the report has told in which state or province it lies.
----
published: 2001-03-08
LONDON, Ontario — Police in London, Ontario, arrested three men on Thursday. The London police accused the men of fraud.
----
CAN.COP COERCE arrest CAN.CRM.CVL~ | 2001-03-08 | London | the report | happened
CAN.COP ACCUSE allege CAN.CRM.CVL~ | 2001-03-06..2001-03-08~ | where? | the report | happened
