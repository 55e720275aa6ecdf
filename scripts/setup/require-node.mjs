// The entry scripts import this file statically and all else dynamically: it must parse on Node 14, to be able to say what is missing.
// ESLint asks for 20.19; all else runs from 20.12 on.
const oldest = "20.19";

function isOlder(version, other) {
  const [major, minor] = version.split(".").map(Number);
  const [otherMajor, otherMinor] = other.split(".").map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

/** Ends the process with clear words when this Node.js is too old, or the system isn't one that the project runs on. */
export function requireNode() {
  if (isOlder(process.versions.node, oldest)) {
    console.error("Node.js " + oldest + " or newer is needed; this is " + process.version + " (" + process.execPath + ").");
    console.error("Install a newer one, for instance with your package manager or nvm (nvm install 22), then repeat the command.");
    process.exit(1);
  }
  if (process.platform === "win32") {
    console.error(
      "This runs on Linux and macOS. On Windows, use it inside WSL: install it with wsl --install, and clone the project there.",
    );
    process.exit(1);
  }
}
