# shellcheck shell=bash
# Jars by their lock, and our classes, compiled by a compiler that is one of them.

install_software() {
  install -d -m 0755 "$HOME_DIR"
  local print
  print=$(cat "$HOME_DIR"/jars.lock "$HOME_DIR"/src/broker/*.java | sha256sum | cut -d' ' -f1)
  [[ $(cat "$HOME_DIR/software" 2>/dev/null) == "$print" ]] && return
  say "fetching Kafka and the schema registry"
  rm -f "$HOME_DIR/software"
  python3 "$HOME_DIR/maven_jars.py" "$HOME_DIR/jars.lock" "$HOME_DIR/libs"
  if ((NODE_ID == 1)); then unpack_registry; fi
  compile_classes broker "$HOME_DIR/classes"
  chmod -R go+rX "$HOME_DIR"
  echo "$print" >"$HOME_DIR/software"
}

# The stream application, by itself: a change of it is no reason to start brokers again. Its classes are replaced whole, under a program that
# reads them as it needs them. Fails where it doesn't compile; by itself, since `set -e` doesn't hold in a function that is asked for its success.
install_application() {
  local print classes=$HOME_DIR/application-classes
  print=$(cat "$HOME_DIR"/software "$HOME_DIR"/src/streams/*.java "$HOME_DIR"/resources/avro/*.avsc "$HOME_DIR"/resources/*.json | sha256sum | cut -d' ' -f1)
  [[ $(cat "$HOME_DIR/application" 2>/dev/null) == "$print" ]] && return
  say "compiling the stream application"
  compile_classes streams "$classes.new" || return 1
  cp -R "$HOME_DIR/resources/." "$classes.new" || return 1
  chmod -R go+rX "$classes.new" || return 1
  rm -rf "$classes.old"
  if [[ -d $classes ]]; then mv "$classes" "$classes.old"; fi
  mv "$classes.new" "$classes" || return 1
  echo "$print" >"$HOME_DIR/application"
}

unpack_registry() {
  rm -rf "$HOME_DIR/registry"
  install -d -m 0755 "$HOME_DIR/registry"
  tar --extract --gzip --no-same-owner --file "$(one_file "$HOME_DIR"/libs/apicurio-registry-app-*-all.tar.gz)" --directory "$HOME_DIR/registry"
}

# $1 the package, $2 where its classes go.
compile_classes() {
  rm -rf "$2"
  local jars
  jars=$(printf '%s:' "$HOME_DIR"/libs/*.jar)
  "$JAVA" -jar "$(one_file "$HOME_DIR"/libs/ecj-*.jar)" -17 -nowarn -d "$2" -cp "$jars" "$HOME_DIR/src/$1"
}

one_file() {
  [[ $# == 1 && -f $1 ]] || die "expected one file, found: $*"
  echo "$1"
}
