Nothing is asked of anybody by an official who keeps his name back.
----
The road was closed, said a local official who asked not to be named.
----
