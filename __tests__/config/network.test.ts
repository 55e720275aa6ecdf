import { network } from "../../config/parts/network";

const problems = (settings: object): string[] =>
  (network.safeParse(settings).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("network", () => {
  test("by default there is one, with a way out, and nobody has a way in", () => {
    expect(network.parse({})).toEqual({
      enabled: true,
      cidr: "10.10.0.0/20",
      nat: true,
      flowLogs: { sampling: 0.5, interval: "INTERVAL_10_MIN" },
      tunnel: { users: [], ports: [] },
    });
  });

  test.each(["10.0.0.0/8", "10.10.16.0/20", "172.31.255.248/29", "192.168.0.0/16"])("the range %s is taken", (cidr) => {
    expect(problems({ cidr })).toEqual([]);
  });

  test.each([
    ["10.10.0.0", "cidr: a range such as 10.10.0.0/20"],
    ["10.10.0.300/20", "cidr: a range such as 10.10.0.0/20"],
    ["10.10.0.0/30", "cidr: /8 to /29 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"],
    ["8.8.8.0/24", "cidr: /8 to /29 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"],
    ["192.168.0.0/15", "cidr: /8 to /29 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"],
    ["10.10.1.0/20", "cidr: a range that begins at a multiple of its size: 10.10.0.0/20 or 10.10.16.0/20, not 10.10.1.0/20"],
  ])("the range %s is refused", (cidr, problem) => {
    expect(problems({ cidr })).toContain(problem);
  });

  test("shares, ports and users have bounds", () => {
    expect(problems({ flowLogs: { sampling: 0 } })).toEqual(["flowLogs.sampling: a share of more than 0"]);
    expect(problems({ tunnel: { ports: [22], users: ["ada"] } })).toEqual([
      expect.stringMatching(/^tunnel\.users\.0: an IAM member/),
      "tunnel.ports.0: a port from 1024 to 65535",
    ]);
  });
});
