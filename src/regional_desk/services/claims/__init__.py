"""인턴지원금: payslips and papers, the monthly claims, the companies' accounts, and how the money goes to them."""
