# shellcheck shell=bash
# Jars by their lock, and our few classes, compiled by a compiler that is one of them.

install_software() {
  install -d -m 0755 "$HOME_DIR"
  local print
  print=$(cat "$HOME_DIR"/jars.lock "$HOME_DIR"/src/broker/*.java | sha256sum | cut -d' ' -f1)
  [[ $(cat "$HOME_DIR/software" 2>/dev/null) == "$print" ]] && return
  say "fetching Kafka and the schema registry"
  rm -f "$HOME_DIR/software"
  python3 "$HOME_DIR/maven_jars.py" "$HOME_DIR/jars.lock" "$HOME_DIR/libs"
  if ((NODE_ID == 1)); then unpack_registry; fi
  compile_classes
  chmod -R go+rX "$HOME_DIR"
  echo "$print" >"$HOME_DIR/software"
}

unpack_registry() {
  rm -rf "$HOME_DIR/registry"
  install -d -m 0755 "$HOME_DIR/registry"
  tar --extract --gzip --no-same-owner --file "$(one_file "$HOME_DIR"/libs/apicurio-registry-app-*-all.tar.gz)" --directory "$HOME_DIR/registry"
}

compile_classes() {
  rm -rf "$HOME_DIR/classes"
  local jars
  jars=$(printf '%s:' "$HOME_DIR"/libs/*.jar)
  "$JAVA" -jar "$(one_file "$HOME_DIR"/libs/ecj-*.jar)" -17 -nowarn -d "$HOME_DIR/classes" -cp "$jars" "$HOME_DIR/src"
}

one_file() {
  [[ $# == 1 && -f $1 ]] || die "expected one file, found: $*"
  echo "$1"
}
