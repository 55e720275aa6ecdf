const services = { npm: "the npm registry", kafka: "Maven Central", default: "PyPI" };

const causes = [
  {
    signs: /python-build-standalone|python-downloads/,
    advice: () =>
      "This Python is too new for one of the environments, and uv can't download an older one. Install Python 3.13, or name one: PYTHON=/path/to/python3.13.",
  },
  {
    signs: /ENOSPC|No space left on device|os error 28/,
    advice: () => "The disk is full. Set-up needs about 3 GB below the project and uv's cache (uv cache dir); make room, then repeat.",
  },
  {
    signs: /EDQUOT|Disk quota exceeded/,
    advice: () => "Your disk quota is used up. Set-up needs about 3 GB; make room, then repeat.",
  },
  {
    signs: /hash(es)? mismatch|Hash mismatch|DO NOT MATCH THE HASHES|EINTEGRITY/i,
    advice: (service) =>
      `A downloaded file isn't the one that the lock names. Ask again; if it stays so, find out what answers in place of ${service}.`,
  },
  {
    signs: /certificate|SSL|UnknownIssuer/i,
    advice: (service) =>
      `The connection to ${service} can't be trusted. Behind an inspecting proxy, name its certificate in ` +
      "NODE_EXTRA_CA_CERTS (npm), PIP_CERT (pip) and SSL_CERT_FILE (uv).",
  },
  {
    signs:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|getaddrinfo|name resolution|dns error|error sending request|Failed to establish a new connection|Network is unreachable|Connection refused|No matching distribution found/i,
    advice: (service) =>
      `${service[0].toUpperCase()}${service.slice(1)} can't be reached. Check the connection; behind a proxy, set HTTPS_PROXY; with a mirror of your own, ` +
      "set it in ~/.npmrc (npm), PIP_INDEX_URL (pip) and UV_DEFAULT_INDEX (uv). Then repeat: finished steps are kept.",
  },
  {
    signs: /EACCES|EPERM|Permission denied/,
    advice: () => "A file can't be written: look at who owns node_modules and .embedded (earlier runs as root?), then repeat.",
  },
];

/** What to try after a tool's failure, judged by its output. */
export function advise(step, output) {
  const service = services[step] ?? services.default;
  return (
    causes.find(({ signs }) => signs.test(output))?.advice(service) ??
    "Mend what it names, then repeat the command: finished steps are kept."
  );
}
