/** Tells the server how far its text was taken: every 16 frames, 64 kB or second, whichever comes first, and at the end. */

const FRAMES = 16;
const BYTES = 65_536;
const INTERVAL_MS = 1000;

export class Acknowledgements {
  #pending = new Map();
  #send;

  constructor(send) {
    this.#send = send;
  }

  /** A delta of about `size` bytes was taken up to `position`. */
  take(generationId, position, size) {
    const pending = this.#pending.get(generationId) ?? this.#begin(generationId);
    pending.position = position;
    pending.frames += 1;
    pending.bytes += size;
    if (pending.frames >= FRAMES || pending.bytes >= BYTES) this.flush(generationId);
  }

  /** Acknowledges now what is not acknowledged. */
  flush(generationId) {
    const pending = this.#pending.get(generationId);
    if (!pending) return;
    this.#drop(generationId, pending);
    this.#send({ type: "ack", generation_id: generationId, position: pending.position });
  }

  /** Forgets everything: the socket is another one. */
  clear() {
    for (const [generationId, pending] of this.#pending) this.#drop(generationId, pending);
  }

  #begin(generationId) {
    const timer = setTimeout(() => this.flush(generationId), INTERVAL_MS);
    const pending = { position: 0, frames: 0, bytes: 0, timer };
    this.#pending.set(generationId, pending);
    return pending;
  }

  #drop(generationId, pending) {
    clearTimeout(pending.timer);
    this.#pending.delete(generationId);
  }
}
