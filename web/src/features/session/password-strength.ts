// A hint, no rule: the platform asks for length only.
export function passwordStrength(password: string): "weak" | "fair" | "good" {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  const different = new Set(password).size;
  if (password.length < 10 || different < 5) return "weak";
  return password.length >= 16 || (password.length >= 12 && kinds >= 3) ? "good" : "fair";
}
