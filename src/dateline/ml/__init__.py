"""What is learned, as it runs: layers of small nets, trees, and "which of these".

No room has arithmetic of its own; each has its table of figures and its file.
"""
