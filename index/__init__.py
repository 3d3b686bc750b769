"""Documents are kept, embedded and found."""

import os

# Products of vectors are small here: numpy's cores would wait for one another longer than they
# compute, on a busy machine many times longer. It has to be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
