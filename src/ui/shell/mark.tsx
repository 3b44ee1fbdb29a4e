/** The sign of Coframe: a frame with its header row and its anchor column. */
export function Mark() {
  return (
    <svg
      width="18"
      height="18"
      viewBox="0 0 18 18"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      aria-hidden="true"
    >
      <rect x="1.5" y="1.5" width="15" height="15" rx="3" />
      <path d="M1.5 6.5h15M6.5 6.5v10" />
    </svg>
  );
}
