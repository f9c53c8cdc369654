"""The commands, one file each. A process imports the one it runs, so a light one starts in a fifth of a second."""
