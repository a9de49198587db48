/* Test-only stand-in for Windows' own bcryptprimitives.dll, which wine 8 lacks and Rust's random numbers come from. */
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL ProcessPrng(PBYTE data, SIZE_T size) { return RtlGenRandom(data, (ULONG)size); }
