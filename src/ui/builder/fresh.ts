/** Which row was just added by the person at the form, so that it may take the focus when it comes. */
export interface Fresh {
  readonly expect: (row: string) => void;
  /** Whether this is the row; it is asked once. */
  readonly take: (row: string) => boolean;
}

export function createFresh(): Fresh {
  let expected: string | null = null;
  return {
    expect(row) {
      expected = row;
    },
    take(row) {
      if (expected !== row) return false;
      expected = null;
      return true;
    },
  };
}
