const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

export const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** One line per finished step; on a terminal also a live line that names those that run. */
export class Progress {
  #running = new Map();
  #live = process.stdout.isTTY === true && !process.env.CI;
  #timer;
  #frame = 0;

  started(title) {
    this.#running.set(title, performance.now());
    if (this.#live) this.#timer ??= setInterval(() => this.#draw(), 100).unref();
  }

  /** @param {"done" | "FAILED" | "stopped"} how */
  finished(title, how) {
    const since = this.#running.get(title);
    this.#running.delete(title);
    this.say(`  ${how.padEnd(7)}  ${title.padEnd(44)} ${seconds(since).padStart(8)}`);
  }

  say(line) {
    this.#erase();
    console.log(line);
  }

  end() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#erase();
  }

  #draw() {
    const names = [...this.#running].map(([title, since]) => `${title} ${Math.round((performance.now() - since) / 1000)} s`).join(" · ");
    const line = `  ${frames[this.#frame++ % frames.length]} ${names}`;
    this.#erase();
    process.stdout.write(line.slice(0, (process.stdout.columns ?? 80) - 1));
  }

  #erase() {
    if (this.#live) process.stdout.write("\r\x1b[2K");
  }
}
