"""`python -m bench.linkage_weights`: prints the weights of the linkage, estimated anew."""

from bench.site import open_installation

if __name__ == "__main__":
    open_installation()
    from bench.linkage_estimates import estimated

    print(estimated())
