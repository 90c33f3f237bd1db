"""The frame of the specialiser, put together.

The walk is the evaluator's, red operands become residual code.
"""

from spy_redshift.residual.branches import Branches
from spy_redshift.residual.calls import Calls
from spy_redshift.residual.catching import Catching
from spy_redshift.residual.dynamics import Dynamics
from spy_redshift.residual.empties import Empties
from spy_redshift.residual.faults import Faults
from spy_redshift.residual.generators import Generators
from spy_redshift.residual.loops import Loops
from spy_redshift.residual.objects import Objects
from spy_redshift.residual.order import Order
from spy_redshift.residual.unrolling import Unrolling


class SpecFrame(
    Faults, Branches, Catching, Loops, Unrolling, Calls, Objects, Order, Dynamics, Empties, Generators
):
    """All that becomes of red operands and of the statements around them."""
