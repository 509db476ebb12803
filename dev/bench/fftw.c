/* Window + FFT + power with FFTW, the peer of heimdall's first steps.
 * Reads lines "real|complex LENGTH HOP MILLISECONDS", answers the least nanoseconds a frame of many short runs.
 * Declares what it uses of fftw3.h, so that the library that pyFFTW brings is enough. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct fftwf_plan_s *fftwf_plan;
typedef float fftwf_complex[2];
fftwf_plan fftwf_plan_dft_1d(int, fftwf_complex *, fftwf_complex *, int, unsigned);
fftwf_plan fftwf_plan_dft_r2c_1d(int, float *, fftwf_complex *, unsigned);
void fftwf_execute(const fftwf_plan);
void fftwf_destroy_plan(fftwf_plan);
void *fftwf_malloc(size_t);
#define FFTW_FORWARD (-1)
#define FFTW_PATIENT (1U << 5)

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

enum { FRAMES = 64 };

static double measure(int complex, int n, int hop, double limit) {
  int width = complex ? 2 : 1, bins = complex ? n : n / 2 + 1;
  float *signal = fftwf_malloc(sizeof(float) * width * (n + FRAMES * (size_t)hop));
  float *window = fftwf_malloc(sizeof(float) * n);
  float *in = fftwf_malloc(sizeof(float) * width * n);
  fftwf_complex *out = fftwf_malloc(sizeof(fftwf_complex) * n);
  float *power = fftwf_malloc(sizeof(float) * bins);
  fftwf_plan plan = complex ? fftwf_plan_dft_1d(n, (fftwf_complex *)in, out, FFTW_FORWARD, FFTW_PATIENT)
                            : fftwf_plan_dft_r2c_1d(n, in, out, FFTW_PATIENT);
  for (int i = 0; i < n; i++) window[i] = 0.5 - 0.5 * cos(2 * M_PI * i / n);
  for (size_t i = 0; i < width * (n + FRAMES * (size_t)hop); i++) signal[i] = rand() / (float)RAND_MAX - 0.5f;
  double best = 1e9, end = seconds() + limit;
  volatile float sink = 0;
  while (seconds() < end) {
    double begin = seconds();
    for (int t = 0; t < FRAMES; t++) {
      const float *x = signal + (size_t)width * t * hop;
      if (complex)
        for (int i = 0; i < n; i++) {
          in[2 * i] = x[2 * i] * window[i];
          in[2 * i + 1] = x[2 * i + 1] * window[i];
        }
      else
        for (int i = 0; i < n; i++) in[i] = x[i] * window[i];
      fftwf_execute(plan);
      for (int k = 0; k < bins; k++) power[k] = out[k][0] * out[k][0] + out[k][1] * out[k][1];
      sink += power[t];
    }
    double took = (seconds() - begin) / FRAMES;
    if (took < best) best = took;
  }
  fftwf_destroy_plan(plan);
  return best * 1e9;
}

int main(void) {
  char kind[16];
  int n, hop, ms;
  while (scanf("%15s %d %d %d", kind, &n, &hop, &ms) == 4) {
    printf("%.1f\n", measure(!strcmp(kind, "complex"), n, hop, ms / 1000.0));
    fflush(stdout);
  }
  return 0;
}
