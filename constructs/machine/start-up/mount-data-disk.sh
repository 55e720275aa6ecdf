# Mounts the machine's data disk, after a file system is made on a disk that is empty. Does no harm when it is run again.
# DATA_DEVICE is the device, DATA_MOUNT the folder; both are set before.
mount_data_disk() {
  if [[ ! -e "$DATA_DEVICE" ]]; then
    echo "data disk: there is no $DATA_DEVICE; attach the machine's data disk." >&2
    exit 1
  fi
  if ! blkid -p "$DATA_DEVICE" > /dev/null 2>&1; then
    # mkfs asks nobody where there is no terminal: it would overwrite what can't be read, or isn't known, as well.
    if ! data_disk_is_empty; then
      echo "data disk: $DATA_DEVICE holds something that isn't known, or can't be read: it is left as it is. Look at it by \`wipefs -n\`;" \
        "make a disk of a snapshot, or, if nothing on it is to be kept, empty it by \`blkdiscard $DATA_DEVICE\`." >&2
      exit 1
    fi
    mkfs.ext4 -q -m 0 -E lazy_itable_init=0,lazy_journal_init=0,discard "$DATA_DEVICE"
  fi
  mkdir -p "$DATA_MOUNT"
  if ! mountpoint -q "$DATA_MOUNT"; then
    mount -o discard,defaults "$DATA_DEVICE" "$DATA_MOUNT"
  fi
  # Once the disk is larger, so is the file system.
  resize2fs "$DATA_DEVICE" 2>&1
}

# Whether blkid ends with exactly 2 (it finds nothing; 8 is more than one thing), wipefs finds nothing either, and the beginning is readable and zero,
# as it is on a new disk: blkid's 2 is also for what it can't read.
data_disk_is_empty() {
  local code=0 signatures
  blkid -p "$DATA_DEVICE" > /dev/null 2>&1 || code=$?
  ((code == 2)) || return 1
  signatures="$(wipefs -n "$DATA_DEVICE")" || return 1
  [[ -z "$signatures" ]] || return 1
  cmp -s -n 16777216 "$DATA_DEVICE" /dev/zero
}
mount_data_disk
