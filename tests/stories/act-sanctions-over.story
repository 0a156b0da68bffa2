Sanctions over its tests fall on him whose tests they are.
----
Japan announced new sanctions against North Korea.
----
