// Decides how many requests an endpoint may have open at a time: more with every success, half as many with every
// failure.
// Used by webhook-dispatcher.ts; so that a hundred endpoints that do not respond use a hundred connections and not
// thousands.

const [fewest, atFirst, most] = [1, 4, 50] as const;

interface EndpointLoad {
  open: number;
  limit: number;
}

export class EndpointLimits {
  private readonly loads = new Map<string, EndpointLoad>();

  /** For each endpoint that is known how many more may begin, and how many for all others. */
  free(): { free: Map<string, number>; others: number } {
    const free = new Map([...this.loads].map(([id, { open, limit }]) => [id, Math.max(0, Math.floor(limit) - open)]));
    return { free, others: atFirst };
  }

  begin(endpointId: string): void {
    const load = this.loads.get(endpointId) ?? { open: 0, limit: atFirst };
    load.open += 1;
    this.loads.set(endpointId, load);
  }

  end(endpointId: string, taken: boolean): void {
    const load = this.loads.get(endpointId);
    if (!load) return;
    load.open -= 1;
    load.limit = taken ? Math.min(most, load.limit + 1) : Math.max(fewest, load.limit / 2);
    // A limit at its first value need not be stored.
    if (load.open === 0 && load.limit === atFirst) this.loads.delete(endpointId);
  }
}
