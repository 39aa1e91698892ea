"""Run the command line as ``python -m perturb``."""

from perturb.cli import entry

if __name__ == "__main__":
    entry()
