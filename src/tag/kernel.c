/* SPDX-License-Identifier: Apache-2.0 */
/* tag/kernel.c - see kernel.h: which kernel this processor can run. */
#include "tag/kernel.h"

#include <stddef.h>
#include <string.h>

#include "tag/kernels.h"

#ifdef __x86_64__
static int has_avx512(void) {
    return __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vnni");
}

#ifdef HAVE_KERNEL_AMX
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { AMX_TILE = 24, AMX_INT8 = 25 }; /* bits of leaf 7, EDX */
enum { REQUEST_PERMISSION = 0x1023, TILE_DATA = 18 };

/* The processor has tiles, and the system lets this process use them
 * (Documentation/arch/x86/xstate.rst in Linux). */
static int has_amx(void) {
    unsigned a, b, c, d = 0;

    return has_avx512() && __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
           (d >> AMX_TILE & 1) && (d >> AMX_INT8 & 1) &&
           syscall(SYS_arch_prctl, REQUEST_PERMISSION, TILE_DATA) == 0;
}
#endif

static int has_avx2(void) {
    return __builtin_cpu_supports("avx2");
}
#endif

#ifdef HAVE_KERNEL_NEON
#ifdef __linux__
#include <sys/auxv.h>

static int has_dot_product(void) {
    return (getauxval(AT_HWCAP) >> 20 & 1) != 0; /* HWCAP_ASIMDDP */
}
#else
/* Every Apple processor of 64 bits that runs macOS has it. */
static int has_dot_product(void) {
    return 1;
}
#endif
#endif

static int has_plain(void) {
    return 1;
}

/* Fastest first. */
static const struct {
    const Kernel *kernel;
    int (*can_run)(void);
} kernels[] = {
#ifdef HAVE_KERNEL_AMX
    {&kernel_amx, has_amx},
#endif
#ifdef __x86_64__
    {&kernel_avx512, has_avx512},    {&kernel_avx2, has_avx2},
#endif
#ifdef HAVE_KERNEL_NEON
    {&kernel_neon, has_dot_product},
#endif
    {&kernel_plain, has_plain},
};

const Kernel *kernel_choose(void) {
    size_t i = 0;

    while (!kernels[i].can_run()) {
        i++;
    }
    return kernels[i].kernel;
}

const Kernel *kernel_named(const char *name) {
    for (size_t i = 0; i < sizeof kernels / sizeof *kernels; i++) {
        if (strcmp(kernels[i].kernel->name, name) == 0 &&
            kernels[i].can_run()) {
            return kernels[i].kernel;
        }
    }
    return NULL;
}
