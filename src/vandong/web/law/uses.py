"""Which stored results a change of the law would touch.

The records of advice are not built yet: until `stored_result_count` reads them, pages say nothing of it.
"""


def stored_result_count(parameter: str) -> int | None:
    """How many kept results were worked out with a parameter (its code stands in their traces).

    None while results are not kept: the page then leaves the line out.
    """
    del parameter
    return None
