A toll told of this act, and the including clause not counted twice.
----
A bomb in the Iraqi city of Mosul killed five people, including two children, on Tuesday. Nobody has told who laid it.
----
- ASSAULT explosives IRQ.CVL~ | when? | Mosul | the report | happened
