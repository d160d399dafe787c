/** How far this page has read each running generation. A position is opaque: the last `to`, nothing is computed. */
export class Positions {
  #read = new Map();

  /** Takes a delta over; false when text between the last one and this is missing. */
  take({ generation_id, from, to }) {
    if ((this.#read.get(generation_id) ?? 0) !== from) return false;
    this.#read.set(generation_id, to);
    return true;
  }

  /** A snapshot says how far its texts reach. */
  adopt(generations) {
    for (const { generation_id, position } of generations) this.#read.set(generation_id, position);
  }

  /** The generation has ended at a position; false when this page has not read so far. */
  end(generationId, position) {
    const read = this.#read.get(generationId) ?? 0;
    this.#read.delete(generationId);
    return read === position;
  }

  clear() {
    this.#read.clear();
  }

  /** As `conversation.open` wants them. */
  toJSON() {
    return Object.fromEntries(this.#read);
  }
}
