print("lstmg-hdl")
