/**
 * The fundamental frequency of a voice in hertz: the median over its voiced moments, by autocorrelation.
 * @param sampleRate samples per second
 * @returns NaN where there is no voice
 */
export function pitchOf(samples: Int16Array, sampleRate: number): number {
  const frame = Math.round(sampleRate / 25);
  const [shortest, longest] = [sampleRate / 350, sampleRate / 60];
  const found: number[] = [];
  for (let start = 0; start + frame + longest < samples.length; start += frame) {
    const at = (index: number): number => samples[start + index] ?? 0;
    const product = (lag: number): number => {
      let [sum, one, other] = [0, 1, 1];
      for (let index = 0; index < frame; index++) {
        sum += at(index) * at(index + lag);
        one += at(index) ** 2;
        other += at(index + lag) ** 2;
      }
      return one < frame * 300 ** 2 ? 0 : sum / Math.sqrt(one * other);
    };
    const lags = Array.from({ length: Math.floor(longest - shortest) }, (_, index) => {
      const lag = Math.ceil(shortest) + index;
      return { lag, likeness: product(lag) };
    });
    const most = Math.max(...lags.map(({ likeness }) => likeness));
    // Of two lags that are about as good the shorter one is the period; the other is a multiple of it.
    const period = lags.find(
      ({ likeness }, index) =>
        likeness > 0.9 * most && likeness >= (lags[index + 1]?.likeness ?? 0),
    );
    if (most > 0.8 && period) found.push(sampleRate / period.lag);
  }
  return found.sort((a, b) => a - b)[found.length >> 1] ?? NaN;
}
