import type { MachineProps, MachineSize } from "./machine-props";

/** What the machine is made of, with defaults. */
export interface CheckedSize extends Required<Omit<MachineSize, "zone">> {
  readonly zoneLetter: string;
}

/** Machines that boot from a persistent disk and run Debian's image for x86. */
const MACHINE_TYPE = /^(e2-(micro|small|medium)|(e2|n1|n2|n2d|c2|c2d)-((standard|highmem|highcpu)-\d+|custom-\d+-\d+(-ext)?))$/;

const IMAGE = /^(https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/[a-z0-9-]+\/global\/images\/(family\/)?[a-z0-9-]+$/;

/** @throws Error saying what Compute Engine would refuse, and what to write instead. */
export function checkMachine(props: MachineProps): CheckedSize {
  const { name, machineType = "e2-medium", zone = "b", bootDiskGigabytes = 20 } = props;
  const { image = "projects/debian-cloud/global/images/family/debian-12" } = props;
  const refuse = (problem: string): never => {
    throw new Error(`The machine "${name}" ${problem}`);
  };
  if (!/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name))
    refuse("must be called 1 to 40 of a-z, 0-9 and dashes, a letter first, no dash at the end.");
  if (!MACHINE_TYPE.test(machineType)) refuse(`can't be of the type "${machineType}": write e2-medium or e2-standard-2, for example.`);
  if (!/^[a-f]$/.test(zone)) refuse(`can't be in the zone "${zone}": write its letter alone, e.g. "b".`);
  if (!IMAGE.test(image)) refuse(`can't boot from "${image}": write projects/<project>/global/images/family/<family>.`);
  if (!Number.isInteger(bootDiskGigabytes) || bootDiskGigabytes < 10 || bootDiskGigabytes > 2000) {
    refuse(`must have a bootDiskGigabytes from 10 to 2000, not ${String(bootDiskGigabytes)}.`);
  }
  for (const reserved of ["startup-script", "enable-oslogin", "block-project-ssh-keys", "serial-port-enable", "ssh-keys"]) {
    if (props.metadata && reserved in props.metadata)
      refuse(`must leave "${reserved}" out of its metadata: it is set here, or not at all.`);
  }
  return { machineType, zoneLetter: zone, image, bootDiskGigabytes };
}
