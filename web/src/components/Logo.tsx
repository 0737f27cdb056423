export function Logo({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className="a-logo">
      <rect width="32" height="32" rx="8" fill="#0f5c5c" />
      <path d="M6 15.5 16 7l10 8.5" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
      <path d="m17.2 12.5-5 6.6h3.6l-1 6 5.2-7h-3.8z" fill="#8fe0d2" />
    </svg>
  );
}
