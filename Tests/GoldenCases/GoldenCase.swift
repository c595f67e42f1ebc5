// Golden cases.
