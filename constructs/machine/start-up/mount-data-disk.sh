# Mounts the machine's data disk, after a file system is made on a disk that has none. Does no harm when it is run again.
# DATA_DEVICE is the device, DATA_MOUNT the folder; both are set before.
mount_data_disk() {
  if [[ -z "$(blkid -o value -s TYPE "$DATA_DEVICE" || true)" ]]; then
    # Without -F: what looks like data after all is left alone.
    mkfs.ext4 -q -m 0 -E lazy_itable_init=0,lazy_journal_init=0,discard "$DATA_DEVICE"
  fi
  mkdir -p "$DATA_MOUNT"
  if ! mountpoint -q "$DATA_MOUNT"; then
    mount -o discard,defaults "$DATA_DEVICE" "$DATA_MOUNT"
  fi
  # Once the disk is larger, so is the file system.
  resize2fs "$DATA_DEVICE" 2>&1
}
mount_data_disk
